package holdfast.vcf;

/// A source that could not be read. Carries what is shown to people; never a secret.
public final class SourceFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public SourceFailed(Failure failure) {
        super(failure.status() + ": " + failure.sentence(), null, false, true);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
