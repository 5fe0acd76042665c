"""Measures speed as ratios, each taken in one run against what a user would pick instead."""
