"""What the people of the tests are called and write: planted everywhere, to be found nowhere that it must not be."""

KEY = "dGVzdC1rZXktdGVzdC1rZXktdGVzdC1rZXktdGVzdC0="
"""A key that is known to be worthless."""

DEMO = ("Bu Sari", "Pak Budi", "Bu Rina", "Pak Hendra")
"""Who plays in `lapor demo`."""

NAMES = ("Ibu Sari", "Sari Dewi", "Rahasia", "Zuleha", "Staf 7", "user70", *DEMO)
DOOR = "rahasia-di-depan-pintu"
"""What Telegram says at our door in the proofs."""

TEXTS = ("Lampu jalan", "gelap sekali", "SD Negeri", "Cipocok", "uang pelicin", "3673010101900001", "0812-3456-7890")
