"""The planner's page: choose a policy, see within a second what it changes, in Indonesian and English."""
