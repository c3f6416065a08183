/// What rooms say and hear in HTTP: routes as data, requests, responses, queries, entity tags. Knows no server.
///
/// Front door: [Route], whose [Handler] turns a [Request] into a [Response]. What the server asks of rooms above stands here
/// too: [SignIn], [Repeats], [Observer].
@NullMarked
package holdfast.http;

import org.jspecify.annotations.NullMarked;
