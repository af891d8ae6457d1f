"""What a fresh register begins with: holidays, the regulation, emergency numbers."""
