"""The month, one module a step, in the order in which it happens.

live, register, select, open_accounts, pay, redeem, accompany, use.
"""
