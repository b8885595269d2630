"""Checks in the manner of TAP on stdout."""
n_checks = 0
n_failed = 0


def check(name, is_so, why=""):
    global n_checks, n_failed
    n_checks += 1
    if is_so:
        print(f"ok {n_checks} - {name}")
    else:
        n_failed += 1
        print(f"not ok {n_checks} - {name}")
        print("# " + str(why)[:2000].replace("\n", "\n# "))


def check_equal(name, got, want):
    check(name, got == want, f"got {got!r}\nnot {want!r}")


def finish():
    """The plan; the status to end with."""
    print(f"1..{n_checks}")
    return 1 if n_failed else 0
