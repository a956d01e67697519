"""The units of all inputs, and the names of their groups and grades, in words of two languages."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.parameters import Text

_TABLE = """
Rp bn/year | miliar rupiah setahun | billion rupiah a year
Rp/month | rupiah sebulan | rupiah a month
Rp/year | rupiah setahun | rupiah a year
Rp | rupiah | rupiah
Rp/person/month | rupiah per orang sebulan | rupiah a head and month
Rp/person/year | rupiah per orang setahun | rupiah a head and year
Rp/family/month | rupiah per keluarga sebulan | rupiah a family and month
Rp/family/year | rupiah per keluarga setahun | rupiah a family and year
Rp/family | rupiah per keluarga | rupiah a family
Rp/visit | rupiah per kunjungan | rupiah a visit
Rp/inspection | rupiah per pemeriksaan | rupiah an inspection
families | keluarga | families
persons | orang | persons
agents | agen | agents
operators | operator | operators
workers | petugas | workers
offices | kantor | offices
packages | paket | packages
stages | tahap | stages
lines | kali garis kemiskinan | poverty lines
times the official amount | kali nilai resmi | times the official amount
times | kali | times
times the quota | kali kuota | times the quota
decile | (desil) | (decile)
deciles | desil | deciles
months | bulan | months
days | hari | days
years | tahun | years
minutes | menit | minutes
km | km (jarak) | km
km/h | km per jam | km an hour
share | persen | percent
share of persons | persen penduduk | percent of persons
share of families | persen keluarga | percent of families
share of families hit | persen keluarga terdampak | percent of families hit
share of paid families | persen keluarga yang dibayar | percent of paid families
share/year | persen setahun | percent a year
share/month | persen sebulan | percent a month
share of radius | persen jari-jari | percent of the radius
share of visits | persen kunjungan | percent of visits
share of accounts | persen rekening | percent of accounts
share of months | persen bulan | percent of months
share of depth | persen kedalaman | percent of the depth
share of budget | persen anggaran | percent of the budget
share of records | persen data | percent of records
share of proposals | persen usulan | percent of proposals
share of objections | persen sanggahan | percent of objections
share of openings | persen pembukaan rekening | percent of openings
share of new cards | persen kartu baru | percent of new cards
share of frozen | persen yang dibekukan | percent of frozen accounts
share of agents | persen agen | percent of agents
share of the balance | persen saldo | percent of the balance
share of transactions | persen transaksi | percent of transactions
share of face value | persen nilai tertera | percent of face value
share of RT | persen RT | percent of neighbourhoods
share of places | persen tempat | percent of places
share of the unsatisfied per stage | persen yang tidak puas tiap tahap | percent of the unsatisfied a stage
visits per operator and month | kunjungan per operator sebulan | visits per operator and month
visits/year | kunjungan setahun | visits a year
families/month | keluarga sebulan | families a month
families/day | keluarga sehari | families a day
families per office and day | keluarga per kantor sehari | families per office and day
families met per family served | keluarga dijumpai per keluarga dampingan | families met per family served
sessions per group and month | pertemuan per kelompok sebulan | sessions per group and month
accounts/month | rekening sebulan | accounts a month
inspections/month | pemeriksaan sebulan | inspections a month
places/year | tempat setahun | places a year
hours per worker and month | jam per petugas sebulan | hours per worker and month
hours/month | jam sebulan | hours a month
hours/visit | jam per kunjungan | hours a visit
hours/family | jam per keluarga | hours a family
hours/case | jam per kasus | hours a case
hours/complaint | jam per aduan | hours a complaint
hours/session | jam per pertemuan | hours a session
hours/proposal | jam per usulan | hours a proposal
correlation | (korelasi) | (correlation)
index | (indeks) | (index)
index points | poin indeks | index points
weight | (bobot) | (weight)
power of area | pangkat luas wilayah | power of area
welfare rank | peringkat kesejahteraan | welfare rank
log points | poin log | log points
log points per sd | poin log per simpangan baku | log points per sd
log odds | log peluang | log odds
log odds per sd | log peluang per simpangan baku | log odds per sd
log odds per year | log peluang setahun | log odds a year
log odds per month | log peluang sebulan | log odds a month
log odds per 10 % short | log peluang per kekurangan 10 % | log odds per 10 % short
sd | simpangan baku | standard deviations
sd per log point | simpangan baku per poin log | sd per log point
sd per year | simpangan baku setahun | sd a year
sd of the key | simpangan baku nilai urut | sd of the key
per sd | per simpangan baku | per sd
per sd of the seen part | per simpangan baku bagian yang terlihat | per sd of the seen part
per unit of overload | per satuan beban lebih | per unit of overload
per log point of pay | per poin log honor | per log point of pay
per day | sehari | a day
per month | sebulan | a month
per person and year | per orang setahun | per person and year
per family and year | per keluarga setahun | per family and year
per family and month | per keluarga sebulan | per family and month
per record and year | per data setahun | per record and year
per change and year | per perubahan setahun | per change and year
per account and month | per rekening sebulan | per account and month
per bank and year | per bank setahun | per bank and year
per pupil and year | per murid setahun | per pupil and year
per child and year | per anak setahun | per child and year
"""

UNITS: Mapping[str, Text] = {"": Text("", "")} | {
    unit.strip(): Text(indonesian.strip(), english.strip())
    for unit, indonesian, english in (line.split("|") for line in _TABLE.strip().splitlines())
}
"""Units of inputs in words; shares are shown in percent."""

INPUT_GROUPS: Mapping[str, Text] = {
    "money": Text("Uang", "Money"),
    "list": Text("Daftar penerima", "The list of recipients"),
    "people": Text("Pendamping", "Facilitators"),
    "channel": Text("Rekening dan kanal penyaluran", "Accounts and delivery channel"),
    "empowerment": Text("Pemberdayaan dan kepesertaan", "Empowerment and membership"),
    "emergency": Text("Keadaan darurat", "Emergencies"),
    "welfare": Text("Kesejahteraan", "Welfare"),
    "city": Text("Kota", "The city"),
    "demography": Text("Kependudukan", "Demography"),
    "shocks": Text("Guncangan hidup", "Blows of life"),
    "registry": Text("Basis data", "The registry"),
    "information": Text("Sosialisasi", "Information"),
    "selection": Text("Penetapan sasaran", "Selection"),
    "amounts": Text("Nilai bantuan", "Amounts of aid"),
    "costs": Text("Biaya satuan", "Unit costs"),
    "accounts": Text("Rekening dan kartu", "Accounts and cards"),
    "payment": Text("Pembayaran", "Payment"),
    "agents": Text("Agen penyalur", "Agents"),
    "in_kind": Text("Bantuan barang", "Aid in kind"),
    "staff": Text("Jam kerja petugas", "Hours of staff"),
    "motivation": Text("Motivasi petugas", "Motivation of staff"),
    "conditions": Text("Komitmen sekolah dan kesehatan", "School and health conditions"),
    "use": Text("Penggunaan bantuan", "Use of aid"),
    "business": Text("Usaha keluarga", "Family business"),
    "participation": Text("Keikutsertaan", "Participation"),
    "satisfaction": Text("Kepuasan", "Satisfaction"),
    "disaster_aid": Text("Bantuan bencana", "Disaster aid"),
}
"""The groups of inputs in words."""

GRADES: Mapping[str, Text] = {
    "found": Text("ditemukan di sumber", "found in a source"),
    "derived": Text("dihitung dari sumber", "computed from sources"),
    "recalled": Text("diketahui, belum dibaca ulang", "known, not read again"),
    "assumed": Text("asumsi", "assumed"),
}
"""How well a value is known, in words."""
