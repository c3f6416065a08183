/// Answers HTTP: one dispatcher over the routes, TLS, limits, problems, live streams, static files.
///
/// Front door: [Server], around a [Dispatcher] over a [RouteTable]. Tomcat and servlets appear nowhere else.
@NullMarked
package holdfast.server;

import org.jspecify.annotations.NullMarked;
