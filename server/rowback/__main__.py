"""`python -m rowback`: the command line where no folder of commands is on the path."""

from rowback.cli import main

if __name__ == "__main__":
    main(prog_name="rowback")
