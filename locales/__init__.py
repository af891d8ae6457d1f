"""The words: gettext catalogues and the translator."""
