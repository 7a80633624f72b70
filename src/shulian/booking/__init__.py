"""Booking: the one capacity ledger, on which every holding in the park stands."""
