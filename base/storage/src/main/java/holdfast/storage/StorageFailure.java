package holdfast.storage;

/// The engine failed at something that is no answer to a caller: a broken statement, a broken file.
///
/// Says the engine's code and the text of the statement, never a bound value and never the driver's words, which may quote one.
public final class StorageFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StorageFailure(String code, String statement, Throwable origin) {
        super(statement.isEmpty() ? code : code + " at: " + statement);
        setStackTrace(origin.getStackTrace());
    }
}
