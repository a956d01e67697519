"""Store the golden run anew, after a change that is meant to change results (say so in CHANGELOG.md)."""

from golden_run import FOLDER, run

for name, table in run().items():
    table.to_csv(FOLDER / f"{name}.csv", index=False, float_format="%.17g")
    print(f"{FOLDER / name}.csv: {len(table)} rows")
