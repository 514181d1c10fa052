"""How far a long command has come: a bar that grows on a terminal, a line for each tenth elsewhere, like in a log."""


def stolpe(ut, hva, antall, *, linjer=True):
    """A function to call with how many are done. `ut` is a command's stdout or stderr."""
    paa_terminal = ut.isatty()
    if not antall or not (paa_terminal or linjer):
        return lambda _ferdig: None
    trinn = 1 if paa_terminal else 10
    vist = [0 if not paa_terminal else -1]

    def vis(ferdig):
        prosent = ferdig * 100 // antall
        if prosent // trinn == vist[0]:
            return
        vist[0] = prosent // trinn
        if paa_terminal:
            slutt = "\n" if ferdig == antall else ""
            # Past OutputWrapper, which would colour it and end the line.
            ut._out.write(f"\r{hva} {'█' * (prosent // 4):<25} {prosent:>3} % av {antall}{slutt}")
            ut._out.flush()
        else:
            ut.write(f"{hva}: {ferdig} av {antall}")

    return vis
