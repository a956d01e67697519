"""Agents with goods or cash: stock, service, short value, and the way to them."""

from __future__ import annotations

from functools import partial

from simulation.parameters.declaration import Text, assumption

_agents = partial(assumption, group="agents")

AGENTS = (
    _agents(
        "agent_capital_median_idr", 40_000_000.0, "Rp", (1e6, 1e9), (10_000_000.0, 60_000_000.0), "assumed", "",
        Text("Modal tengah agen", "Median capital of an agent"),
        Text("Modal yang dapat dipakai agen untuk stok atau uang tunai.",
             "Capital that an agent can put into stock or cash."),
        note="a stage for 235 families is worth about Rp 95 m, so an independent agent restocks several times",
    ),
    _agents(
        "agent_capital_log_sd", 0.6, "log points", (0.0, 2.0), (0.3, 1.0), "assumed", "",
        Text("Sebaran modal agen", "Spread of agents' capital"),
        Text("Simpangan baku logaritma modal antaragen.", "Standard deviation of log capital between agents."),
        note="two thirds of the agents lie within a factor of 1.8 of the median",
    ),
    _agents(
        "agent_restock_days", 2.0, "days", (0.25, 30.0), (1.0, 3.0), "assumed", "",
        Text("Hari hingga stok terisi kembali", "Days until an agent restocks"),
        Text("Hari hingga bank menyelesaikan transaksi dan agen mengisi stok.",
             "Days until the bank settles and the agent restocks."),
        note="settlement on the next working day and a trip to the supplier",
    ),
    _agents(
        "agent_families_per_day", 100.0, "families/day", (1.0, 2000.0), (40.0, 120.0), "assumed", "ewarong_opening",
        Text("Keluarga yang dilayani agen per hari", "Families an agent serves in a day"),
        Text("Kapasitas layanan satu agen dalam sehari buka.", "Service capacity of one agent in an open day."),
        note="seven minutes a transaction for eight hours",
    ),
    _agents(
        "agent_days_per_stage", 7, "days", (1, 31), (3, 10), "assumed", "ewarong_opening",
        Text("Hari buka agen per tahap", "Days an agent is open per stage"),
        Text("Hari agen melayani bansos setelah dana masuk.", "Days on which an agent serves after the transfer."),
        note="from about the 25th to the end of the month",
    ),
    _agents(
        "agent_down_per_day", 0.07, "per day", (0.0, 0.9), (0.05, 0.10), "assumed", "edc_fail_rate",
        Text("Gangguan mesin atau jaringan per hari", "Machine or network down per day"),
        Text("Peluang agen tidak dapat bertransaksi dalam sehari.", "Chance that an agent cannot transact on a day."),
        note="faults are reported without a rate",
    ),
    _agents(
        "tied_share", 0.88, "share of agents", (0.0, 1.0), (0.6, 0.95), "derived", "supplier_control",
        Text("Agen yang terikat pemasok", "Agents tied to a supplier"),
        Text("Bagian agen yang barang dan syaratnya ditentukan pemasok.",
             "Share of agents whose goods and terms a supplier sets."),
        note="352 of 402 in another regency",
    ),
    _agents(
        "short_depth", 0.08, "share of the balance", (0.0, 0.9), (0.038, 0.15), "found", "agent_margin",
        Text("Besar nilai yang kurang", "Depth of short value"),
        Text("Rata-rata bagian bantuan yang tidak diterima bila barang kurang.",
             "Mean share of the aid that is missing when value is short."),
        note="margins of Rp 7,500-30,000 on Rp 200,000, elsewhere",
    ),
    _agents(
        "short_frequency_tied", 0.50, "share of transactions", (0.0, 1.0), (0.2, 0.8), "assumed", "supplier_control",
        Text("Kekerapan nilai kurang pada agen terikat", "Frequency of short value at tied agents"),
        Text("Peluang transaksi pada agen terikat bernilai kurang.",
             "Chance that a transaction at a tied agent is short."),
        note="the study: many e-warong do not yet comply in full; no rate",
    ),
    _agents(
        "short_frequency_independent", 0.20, "share of transactions", (0.0, 1.0), (0.05, 0.4), "assumed",
        "supplier_control",
        Text("Kekerapan nilai kurang pada agen mandiri", "Frequency of short value at independent agents"),
        Text("Peluang transaksi pada agen mandiri bernilai kurang.",
             "Chance that a transaction at an independent agent is short."),
        note="free choice leaves less room; no rate",
    ),
    _agents(
        "informed_shield", 0.6, "share", (0.0, 1.0), (0.2, 0.9), "assumed", "",
        Text("Perlindungan karena tahu hak", "Protection by knowing one's entitlement"),
        Text("Penurunan peluang nilai kurang bagi keluarga yang tahu haknya.",
             "Fall of the chance of short value for an informed family."),
        note="information cards raised what families got of subsidised rice, without such a share for agents",
    ),
    _agents(
        "inspected_shield", 0.5, "share", (0.0, 1.0), (0.2, 0.9), "assumed", "",
        Text("Perlindungan karena pemantauan", "Protection by inspection"),
        Text("Penurunan peluang nilai kurang pada agen yang baru dipantau.",
             "Fall of the chance of short value at an agent lately inspected."),
        note="audits elsewhere cut losses by a third or more; no study of agents",
    ),
    _agents(
        "short_frequency_rise_per_month", 0.02, "per month", (0.0, 0.5), (0.0, 0.05), "assumed", "",
        Text("Kenaikan kekerapan tanpa aduan", "Rise of short value without complaints"),
        Text("Kenaikan kekerapan nilai kurang sebulan bila tidak ada aduan.",
             "Monthly rise of the frequency of short value when nobody complains."),
        note="slow drift; an agent left alone for a year shorts a quarter more often",
    ),
    _agents(
        "short_frequency_drop_on_finding", 0.10, "", (0.0, 1.0), (0.05, 0.3), "assumed", "",
        Text("Penurunan kekerapan setelah temuan", "Fall of short value after a finding"),
        Text("Penurunan kekerapan nilai kurang setelah pemantauan menemukannya.",
             "Fall of the frequency of short value after an inspection finds it."),
        note="five months of drift are undone by one finding",
    ),
    _agents(
        "bad_quality_share_tied", 0.25, "share of transactions", (0.0, 1.0), (0.1, 0.5), "assumed",
        "quality_complaints",
        Text("Mutu buruk pada agen terikat", "Bad quality at tied agents"),
        Text("Peluang barang pada agen terikat bermutu buruk.", "Chance that goods of a tied agent are bad."),
        note="complaints are reported without a rate",
    ),
    _agents(
        "bad_quality_share_independent", 0.10, "share of transactions", (0.0, 1.0), (0.02, 0.25), "assumed",
        "quality_complaints",
        Text("Mutu buruk pada agen mandiri", "Bad quality at independent agents"),
        Text("Peluang barang pada agen mandiri bermutu buruk.", "Chance that goods of an independent agent are bad."),
        note="less than at tied agents, where the package is fixed",
    ),
    _agents(
        "cash_fee_low_idr", 5_000.0, "Rp", (0.0, 200_000.0), (2_000.0, 8_000.0), "assumed", "agent_margin",
        Text("Biaya tidak resmi terendah penarikan tunai", "Lowest unofficial fee on cash"),
        Text("Potongan terendah agen pada penarikan tunai.", "Least that an agent keeps of a cash withdrawal."),
        note="the lower margin on goods carried over to cash",
    ),
    _agents(
        "cash_fee_high_idr", 10_000.0, "Rp", (0.0, 200_000.0), (8_000.0, 20_000.0), "assumed", "agent_margin",
        Text("Biaya tidak resmi tertinggi penarikan tunai", "Highest unofficial fee on cash"),
        Text("Potongan tertinggi agen pada penarikan tunai.", "Most that an agent keeps of a cash withdrawal."),
        note="the usual margin on goods carried over to cash",
    ),
    _agents(
        "full_value_share", 0.975, "share of face value", (0.5, 1.0), (0.95, 1.0), "assumed", "",
        Text("Batas bantuan diterima penuh", "Share that counts as full value"),
        Text("Bantuan disebut penuh bila bagian ini diterima.", "Aid counts as full when this share is received."),
        note="rounding of prices on a package is not a loss",
    ),
)

TRAVEL = (
    _agents(
        "choice_minutes_per_queue", 60.0, "minutes", (0.0, 200.0), (10.0, 100.0), "assumed", "",
        Text("Beban antrean dalam menit perjalanan", "Queue in minutes of travel"),
        Text("Menit perjalanan yang setara dengan antrean penuh terakhir.",
             "Minutes of travel that weigh as much as the last full queue."),
        note="families change agent when the queue costs more than the walk",
    ),
    _agents(
        "choice_minutes_per_value", 40.0, "minutes", (0.0, 400.0), (10.0, 80.0), "assumed", "",
        Text("Nilai barang dalam menit perjalanan", "Value in minutes of travel"),
        Text("Menit perjalanan yang setara dengan menerima seluruh nilai bantuan.",
             "Minutes of travel that weigh as much as the whole value of the aid."),
        note="a tenth of the value is worth four minutes",
    ),
    _agents(
        "choice_minutes_bad_quality", 30.0, "minutes", (0.0, 400.0), (10.0, 60.0), "assumed", "",
        Text("Mutu buruk dalam menit perjalanan", "Bad quality in minutes of travel"),
        Text("Menit perjalanan yang setara dengan barang bermutu buruk.",
             "Minutes of travel that weigh as much as bad goods."),
        note="more than a tenth of the value, less than all of it",
    ),
    _agents(
        "choice_agents_considered", 3, "agents", (1, 20), (2, 5), "assumed", "",
        Text("Agen terdekat yang dipertimbangkan", "Nearest agents considered"),
        Text("Jumlah agen terdekat yang dibandingkan sebuah keluarga.", "Number of nearest agents a family compares."),
        note="about one agent a kelurahan, so three are within reach",
    ),
    _agents(
        "choice_noise_share", 0.05, "share", (0.0, 1.0), (0.0, 0.15), "assumed", "",
        Text("Pilihan agen yang acak", "Random choice of agent"),
        Text("Bagian keluarga yang memilih agen terdekat mana saja.", "Share of families that take any agent nearby."),
        note="habits and kin",
    ),
    _agents(
        "word_of_mouth_weight", 0.3, "weight", (0.0, 1.0), (0.1, 0.6), "assumed", "",
        Text("Bobot kabar tetangga", "Weight of word of mouth"),
        Text("Bobot pengalaman terakhir RT dalam menilai agen.",
             "Weight of the RT's last experience in judging an agent."),
        note="three stages make a reputation",
    ),
    _agents(
        "travel_fixed_minutes", 3.0, "minutes", (0.0, 60.0), (1.0, 5.0), "assumed", "ewarong_travel_time",
        Text("Waktu tetap perjalanan", "Fixed travel time"),
        Text("Menit persiapan dan parkir pada setiap perjalanan.", "Minutes of setting out and parking."),
        note="gives 8.5 minutes in the median, within 7-15",
    ),
    _agents(
        "travel_detour_factor", 1.35, "times", (1.0, 3.0), (1.2, 1.5), "assumed", "",
        Text("Pengali jarak jalan", "Detour of roads"),
        Text("Jarak jalan dibanding jarak lurus.", "Road distance over straight distance."),
        note="usual for street networks",
    ),
    _agents(
        "walk_km_per_hour", 4.5, "km/h", (1.0, 10.0), (3.5, 5.0), "assumed", "",
        Text("Kecepatan berjalan kaki", "Walking speed"),
        Text("Kecepatan berjalan kaki.", "Speed on foot."), note="common value",
    ),
    _agents(
        "walk_decay_km", 0.8, "km", (0.05, 10.0), (0.4, 1.2), "assumed", "",
        Text("Jarak berjalan kaki", "Distance that people walk"),
        Text("Jarak di mana peluang berjalan kaki turun menjadi sepertiga.",
             "Distance at which the chance of walking falls to about a third."),
        note="motorcycles are everywhere; with it the median travel time falls in the surveyed band",
    ),
    _agents(
        "motorcycle_km_per_hour", 18.0, "km/h", (5.0, 60.0), (14.0, 25.0), "assumed", "",
        Text("Kecepatan sepeda motor", "Motorcycle speed"),
        Text("Kecepatan sepeda motor di dalam kota.", "Speed by motorcycle in town."), note="common value in town",
    ),
)
