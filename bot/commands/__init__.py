"""The commands of `lapor`: one file is one subject; each adds itself to the command line."""
