"""The running application: settings, composition root, inbox, command line."""
