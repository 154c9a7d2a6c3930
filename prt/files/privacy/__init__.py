"""Personal data: found, shown, erased, merged, and destroyed when its time is over."""
