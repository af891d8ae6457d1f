"""Which agency should answer: words, places, sectors, jurisdictions."""
