"""Run the command as `python -m graphcal`."""

from graphcal.command import main

main(prog_name="graphcal")
