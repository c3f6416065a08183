/// Speaks HTTP: routes as data, one dispatcher, TLS, limits, problems, streams, static files.
///
/// Front door: [Server]. Tomcat and servlets appear nowhere else.
@NullMarked
package holdfast.http;

import org.jspecify.annotations.NullMarked;
