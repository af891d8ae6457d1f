"""Keeps things in SQL: tables, unit of work, queries by subject, migrations."""
