/// Speaks HTTP: routes as data, one dispatcher, TLS, limits, problems, streams, static files,
/// and the one guarded client for addresses outside.
///
/// Front doors: [Server] for what comes in, [Outbound] for what goes out. Tomcat and servlets appear nowhere else.
@NullMarked
package holdfast.http;

import org.jspecify.annotations.NullMarked;
