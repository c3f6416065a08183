package holdfast.storage;

import holdfast.kernel.Problem;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;
import org.sqlite.SQLiteException;

/// Turns what a driver throws into what a caller may see.
final class Failures {
    /// SQLite result codes that may roll back the whole transaction: NOMEM, IOERR, FULL (sqlite.org/lang_transaction.html §2.3).
    private static final Set<Integer> LOSES_TRANSACTION = Set.of(7, 10, 13);

    /// CONSTRAINT_PRIMARYKEY, CONSTRAINT_UNIQUE, CONSTRAINT_ROWID.
    private static final Set<Integer> TAKEN = Set.of(1555, 2067, 2579);

    /// BUSY, LOCKED, CANTOPEN.
    private static final Set<Integer> BUSY = Set.of(5, 6, 14);

    /// serialization_failure, deadlock_detected.
    private static final Set<String> RETRY = Set.of("40001", "40P01");

    private Failures() {}

    /// Whether SQLite may have lost more than the one write that met this.
    static boolean losesTransaction(Throwable failure) {
        return sqlite(failure).map(code -> LOSES_TRANSACTION.contains(code & 0xff)).orElse(false);
    }

    static boolean isWorthAnotherTry(Throwable failure) {
        return sqlException(failure).map(e -> RETRY.contains(state(e))).orElse(false);
    }

    /// {@return what the caller of the door gets instead of `failure`}
    static RuntimeException translated(Throwable failure) {
        var found = sqlException(failure);
        if (found.isEmpty() || !isFromEngine(failure)) {
            return failure instanceof RuntimeException own
                    ? own
                    : new StorageFailure(failure.getClass().getSimpleName(), "", failure);
        }
        var cause = found.get();
        return sqlite(cause)
                .map(code -> fromSqlite(code, failure))
                .orElseGet(() -> fromPostgres(cause, failure));
    }

    private static boolean isFromEngine(Throwable failure) {
        return failure instanceof JdbiException || failure instanceof SQLException;
    }

    private static RuntimeException fromSqlite(int code, Throwable failure) {
        if (LOSES_TRANSACTION.contains(code & 0xff)) {
            return full();
        }
        if (TAKEN.contains(code)) {
            return taken();
        }
        if (BUSY.contains(code & 0xff)) {
            return Problem.UNAVAILABLE.because("the database is busy");
        }
        return new StorageFailure("SQLite result code " + code, statement(failure), failure);
    }

    private static RuntimeException fromPostgres(SQLException cause, Throwable failure) {
        var state = state(cause);
        if (state.equals("53100") || state.equals("53200")) { // disk_full, out_of_memory
            return full();
        }
        if (state.equals("23505")) { // unique_violation
            return taken();
        }
        if (state.equals("22021")) { // character_not_in_repertoire: NUL, which SQLite would keep
            return Problem.MALFORMED.because("a text contains the character NUL");
        }
        if (cause instanceof SQLTransientConnectionException
                || RETRY.contains(state)
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P0")) {
            return Problem.UNAVAILABLE.because("the database does not answer");
        }
        return new StorageFailure("SQLSTATE " + state, statement(failure), failure);
    }

    private static RuntimeException full() {
        return Problem.STORAGE_FULL.because("nothing was stored: make room, then try again");
    }

    private static RuntimeException taken() {
        return Problem.CONFLICT.because("it is there already");
    }

    /// The text with its parameter names: values are bound, so none stands in it.
    private static String statement(Throwable failure) {
        if (failure instanceof StatementException stated) {
            var context = stated.getStatementContext();
            var text = context == null ? null : context.getRawSql();
            return text == null ? "" : text.strip().replaceAll("\\s+", " ");
        }
        return "";
    }

    private static Optional<SQLException> sqlException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static Optional<Integer> sqlite(Throwable failure) {
        return sqlException(failure)
                .filter(SQLiteException.class::isInstance)
                .map(e -> ((SQLiteException) e).getResultCode().code);
    }

    private static String state(SQLException failure) {
        var state = failure.getSQLState();
        return state == null ? "unknown" : state;
    }
}
