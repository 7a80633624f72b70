"""Pure engines of the park: arrays and frozen values in, values out."""
