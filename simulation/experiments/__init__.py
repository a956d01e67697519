"""Running plans: one run and its tables, the result folder, the record."""
