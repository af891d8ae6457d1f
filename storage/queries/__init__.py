"""The queries, by subject; each class works inside one unit of work."""
