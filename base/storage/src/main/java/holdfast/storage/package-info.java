/// Keeps rows: read and write transactions on SQLite or PostgreSQL, group commit, migrations.
///
/// Front door: [Database]. Every transaction names the tenant it works for.
/// On SQLite one writer commits waiting writes in groups; on PostgreSQL each write is one transaction.
/// Each room brings a [Schema]; migrations run before anything else.
@NullMarked
package holdfast.storage;

import org.jspecify.annotations.NullMarked;
