"""What an office's reply is made of: signs of something done, found or planned, and signs of words that only fill."""

from __future__ import annotations

import re
from enum import StrEnum


class Sign(StrEnum):
    """What a sentence tells. The first six answer the citizen; the others say when, where, who and by what proof."""

    ACTION = "action"
    FINDING = "finding"
    REASON = "reason"
    AUTHORITY = "authority"
    GUIDANCE = "guidance"
    MEASURE = "measure"
    TIME = "time"
    PLACE = "place"
    WHO = "who"
    EVIDENCE = "evidence"


ANSWERS = frozenset({Sign.ACTION, Sign.FINDING, Sign.REASON, Sign.AUTHORITY, Sign.GUIDANCE, Sign.MEASURE})


def _any(*patterns: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", flags)


_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu(?:stus)?|sep(?:t|tember)?|okt(?:ober)?|"
    "nov(?:ember)?|des(?:ember)?"
)
_DAYS = "senin|selasa|rabu|kamis|jum'?at|sabtu"
_NUMBER = r"(?:\d[\d.,]{0,15}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|puluhan|ratusan)"

TIME = _any(
    rf"\d{{1,2}}[ /.-](?:{_MONTHS}|\d{{1,2}}[/.-]\d{{2,4}})",
    r"20\d\d",
    rf"bulan (?:ini|depan|lalu|{_MONTHS})",
    rf"(?:awal|pertengahan|akhir) (?:bulan|tahun|{_MONTHS})",
    _DAYS,
    r"(?:hari|malam|pagi|siang|sore) (?:ini|minggu)",
    r"(?:minggu|pekan|tahun) (?:ini|depan|lalu|kemarin|pertama|kedua|ketiga|keempat)",
    r"(?:tadi|nanti|kemarin|besok|sejak) (?:pagi|siang|sore|malam)|semalam|kemarin|besok|lusa|barusan",
    r"(?:pukul|jam) \d{1,2}",
    rf"{_NUMBER}(?:\s?(?:-|sampai|s/d)\s?\d+)? ?(?:x ?24 jam|menit|jam|hari|minggu|bulan)",
    r"triwulan (?:[iv]+|\d|pertama|kedua|ketiga|keempat)",
)

_NOTHING_DONE = (
    "terima|terus|tindak|koordinas|sampai|proses|tangani|catat|bahas|pelajari|arah|baca|distribus|disposisi|lapor|"
    "informasi|tampung|perhati|usaha|upaya|rencana|usul|harap|tunggu|tinjau ulang|evaluasi|maksud|alami|mohon|ucap|"
    "akan|berupaya|sedang|selalu|berjanji|siap|sangat|juga|tetap|bersama|turut|jadi|monitor|pantau|cek ke|banyak|masih|"
    "yang|dan|dapat|bisa|mengucap|menunggu|menyampai|menerima|memohon|komitmen|berkomitmen|tugas|lakukan koordinas|"
    "melakukan koordinas|maklum|sadari|pahami|milik|kerja|selesai|lakukan|laksana|dalam|dengan|kami|bahwa"
)
"""Beginnings of what offices do with paper, and of what they wish: nobody's road is mended by it."""

_NO_VERB = "nas|nding|are|siplin|nihari|manapun|mana|dalam|antara|sana|sini|atas|bawah|mensi|gital|rektur|plomat"
"""Words that only begin like a passive."""

_ACTION = _any(
    rf"di(?!{_NO_VERB}|{_NOTHING_DONE})[a-z]{{4,}}",
    r"(?:sudah|telah|kami|kita|tim|petugas)(?: (?:sudah|telah|langsung|kami|kita)){0,4}"
    rf"(?! (?:di|ter)?(?:{_NOTHING_DONE})) (?!(?:sudah|telah|langsung|kami|kita)\b)[a-z]{{4,}}",
    r"(?:kami|tim|petugas) (?:cek|survei|datang|ukur|uji)",
    r"(?:kembali|mulai|sekarang) (?:normal|menyala|mengalir|jernih|tersedia|terbit|cair|beroperasi|dibuka)",
    r"penambalan|pengaspalan|pengerukan|pembersihan|pengangkutan|pemangkasan|pengecatan|penggantian|pembilasan",
    r"teguran|surat peringatan|nota pemeriksaan|fogging|berjaga|mendampingi|menemui|memasang",
    r"perbaikan \w+(?: \w+)? selesai",
)
DONE = _any(
    rf"(?:sudah|telah)(?: \w+){{0,2}} di(?!{_NO_VERB}|{_NOTHING_DONE})[a-z]{{4,}}",
    rf"(?:sudah|telah) (?:kami|tim|petugas) (?!{_NOTHING_DONE})[a-z]{{4,}}",
)
"""Something that has been done and can be looked at answers by itself, even without a date."""

_FINDING = _any(
    r"hasil(?:nya)? (?:\w+ )?(?:survei|pemeriksaan|pengecekan|uji|lab\w*|investigasi|pengukuran|penelusuran|tinjauan)",
    r"ditemukan|menemukan|terbukti|ternyata|diketahui|menurut (?:data|catatan)|berdasarkan (?:data|catatan|hasil)",
    r"(?:setelah|sudah|telah) (?:kami )?(?:di)?(?:cek|periksa|telusuri|survei)",
    r"penyebab(?:nya)?|tersumbat|bocor|putus|jebol|amblas|longsor|terbakar|dicuri|habis|kosong|kedaluwarsa",
    r"(?:tidak|belum) (?:cocok|ditemukan|sesuai data|terdaftar|berizin|ber-imb|lengkap|padan)",
    r"berizin|ditolak|disetujui",
    r"di (?:atas|bawah) (?:baku mutu|standar|ambang)|salah (?:catat|input|tagih)|aktif|dalam perawatan|rusak",
)
_REASON = _any(r"karena|akibat|sebab|dikarenakan|disebabkan|berhubung|lantaran|terkendala")
_AUTHORITY = _any(
    r"(?:ke)?wewenang\w*|bukan (?:aset|pegawai|milik|kewenangan|urusan)|milik penyedia",
    r"tanggung jawab (?:balai|dinas|pemerintah|pemprov|pusat|pengembang)",
    r"(?:jalan|aset|sungai|saluran) (?:nasional|provinsi|desa|milik \w+)",
)
_GUIDANCE = _any(
    r"silakan (?:datang|ambil|ke|bawa|diambil|unduh|hubungi|lapor|kirim|ajukan|daftar)",
    r"mohon (?:untuk )?(?:bawa|membawa|kirim\w*|mengirim\w*|datang|ambil|lengkapi|melengkapi|sertakan|isi|kabari)",
    r"cukup (?:bawa|membawa|datang|menunjukkan)",
    r"(?:bisa|dapat) (?:di(?:ambil|buat|urus|tunggu|lalui|lewati|unduh)|langsung)",
    r"tanpa biaya|tidak dipungut|tidak ada (?:pungutan|biaya)|gratis|syarat(?:nya)?",
)
_MEASURE = re.compile(
    rf"(?:\b{_NUMBER}\s?(?:m[23]?|meter|km|cm|kg|ton|liter|truk|unit|titik|lampu|orang|warga|ekor|dosis|loket|kali|persen|"
    r"armada|tiang|pohon|rumah|kk|paket|penyedia|ruas|lubang|petugas|juru|pompa|kabel|hari kerja|menit)\b|"
    r"\bRp\.? ?\d|\d ?%)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:[Jj]alan|[Jj]l\.?|[Jj]ln\.?|[Gg]ang|[Gg]g\.?|RT|RW|[Ll]oket|[Ss]impang|[Kk]elurahan|[Kk]ecamatan|[Dd]esa|"
    r"[Dd]usun|[Pp]asar|TPS|[Kk]oridor|[Hh]alte|[Bb]lok|[Jj]embatan|[Kk]antor|[Pp]uskesmas|[Tt]aman|[Ss]ungai|SDN?|SMPN?|"
    r"SMAN?|IGD|RSUD)"
    r"(?: (?:depan )?(?:[A-Z]\w*|\d+))"
)
_WHO = re.compile(
    r"\b(?:[Tt]im|[Pp]etugas|UPT\w*|URC|Satpol|PLN|PDAM|BPBD|DLH|DPU\w*|Dishub|Dinkes|Disdik|[Bb]alai [A-Z]\w*|"
    r"[Kk]epala (?:sekolah|dinas|puskesmas|bidang|desa|seksi)|[Kk]etua R[TW]|[Cc]amat|[Ll]urah|[Pp]olsek|"
    r"[Pp]endamping|[Ii]nspektorat|[Kk]ontraktor|[Ss]atgas|[Pp]enyidik|[Dd]okter|[Gg]uru|[Pp]engembang|"
    r"Dinas (?!terkait)[A-Z]\w*|Pak [A-Z]\w*|Bu [A-Z]\w*|[Pp]emilik\w*)\b"
)
_EVIDENCE = _any(r"foto|dokumentasi|terlampir|lampiran|lampirkan|berita acara|surat (?:pernyataan|tugas|nomor)|notulen")

SIGNS: dict[Sign, re.Pattern[str]] = {
    Sign.ACTION: _ACTION,
    Sign.FINDING: _FINDING,
    Sign.REASON: _REASON,
    Sign.AUTHORITY: _AUTHORITY,
    Sign.GUIDANCE: _GUIDANCE,
    Sign.MEASURE: _MEASURE,
    Sign.TIME: TIME,
    Sign.PLACE: _PLACE,
    Sign.WHO: _WHO,
    Sign.EVIDENCE: _EVIDENCE,
}

PROMISE = _any(
    r"akan|segera|secepatnya|sesegera mungkin|dalam waktu dekat|nantinya|diusahakan|diupayakan|direncanakan|rencananya|"
    r"dijadwalkan|diusulkan"
)
SOFT = _any(
    r"akan (?:(?:terus|tetap|selalu|kami|kita) )*(?:di|me)?(?:mantau|monitor|ngawasi|pantau|awasi|kabari|kabarkan|"
    r"informasikan|beritahu\w*|sampaikan|lanjutkan|evaluasi)"
)
"""What offices add to a real answer out of politeness; on its own it is no answer either way."""

PLACEHOLDER = re.compile(
    r"\[(?!\*)[^\]\n]{1,60}\]|<[^<>\n]{2,60}>|\{[^{}\n]{1,60}\}|\b[Xx]{3,}\b|\.{5,}|…{2,}|_{3,}|"
    r"\.{3,} ?(?:isi|nama|tanggal|lokasi|alamat)\b|\((?:isi|nama|tanggal|lokasi|sebutkan|diisi)\b[^)\n]{0,60}\)|"
    r"\b(?:isi (?:laporan|nama|tanggal|lokasi) di sini|lorem ipsum)\b",
    re.IGNORECASE,
)

_ABBREVIATION = r"(?<!\bJl)(?<!\bJln)(?<!\bGg)(?<!\bNo)(?<!\bYth)(?<!\bBpk)(?<!\bSdr)(?<!\bdr)(?<!\bRp)"
_END = re.compile(rf"(?<![.!?;]){_ABBREVIATION}[.!?;]+(?=\s|$)|\n+")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a reply, without what ends them; a date or a sum of money is not cut."""
    return tuple(part.strip() for part in _END.split(text) if part.strip())
