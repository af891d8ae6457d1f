"""The running application: settings, what puts the house together, inbox, command line."""
