"""From approved timesheets to pay: rules, the weekly run and its lines."""
