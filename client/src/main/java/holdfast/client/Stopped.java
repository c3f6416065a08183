package holdfast.client;

/// A command that ends without having done its work, with the sentences that say why.
public final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int REFUSED = 1;
    private static final int USED_WRONGLY = 2;

    private final int exit;

    private Stopped(int exit, String sentence) {
        super(sentence, null, false, false);
        this.exit = exit;
    }

    static Stopped refused(String sentence) {
        return new Stopped(REFUSED, sentence);
    }

    static Stopped usedWrongly(String sentence) {
        return new Stopped(USED_WRONGLY, sentence);
    }

    /// {@return the exit code of the program}
    public int exit() {
        return exit;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
