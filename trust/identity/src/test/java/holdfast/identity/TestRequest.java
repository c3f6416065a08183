package holdfast.identity;

import holdfast.http.Request;
import holdfast.http.Route;
import holdfast.http.SignIn;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.SecretBytes;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A request made by hand. A value; every `with` gives a new one.
record TestRequest(
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, String> headers,
        Map<String, String> queries,
        Map<String, String> fields,
        String address,
        Optional<Object> content,
        Optional<SignIn.Proved> proof)
        implements Request {
    static TestRequest get(String path) {
        return of("GET", path, Optional.empty());
    }

    static TestRequest delete(String path) {
        return of("DELETE", path, Optional.empty());
    }

    static TestRequest post(String path) {
        return of("POST", path, Optional.empty());
    }

    static TestRequest post(String path, Object body) {
        return of("POST", path, Optional.of(body));
    }

    static TestRequest put(String path, Object body) {
        return of("PUT", path, Optional.of(body));
    }

    static TestRequest form(String path, Map<String, String> fields) {
        return new TestRequest(
                "POST",
                path,
                Map.of(),
                Map.of(),
                Map.of(),
                fields,
                "192.0.2.1",
                Optional.empty(),
                Optional.empty());
    }

    private static TestRequest of(String method, String path, Optional<Object> body) {
        return new TestRequest(
                method,
                path,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                "192.0.2.1",
                body,
                Optional.empty());
    }

    TestRequest by(String cookie) {
        return header("cookie " + SessionCookie.NAME, cookie);
    }

    TestRequest bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    TestRequest header(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new TestRequest(
                method, path, parameters, more, queries, fields, address, content, proof);
    }

    TestRequest ask(String name, String value) {
        var more = new HashMap<>(queries);
        more.put(name, value);
        return new TestRequest(
                method, path, parameters, headers, more, fields, address, content, proof);
    }

    TestRequest from(String other) {
        return new TestRequest(
                method, path, parameters, headers, queries, fields, other, content, proof);
    }

    TestRequest with(Map<String, String> values) {
        return new TestRequest(
                method, path, values, headers, queries, fields, address, content, proof);
    }

    TestRequest proved(Optional<SignIn.Proved> by) {
        return new TestRequest(
                method, path, parameters, headers, queries, fields, address, content, by);
    }

    /// {@return the path parameters when the route is asked for}
    Optional<Map<String, String>> match(Route route) {
        var wanted = route.path().split("/", -1);
        var given = path.split("/", -1);
        if (!route.method().equals(method) || wanted.length != given.length) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                values.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    @Override
    public String parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).orElseThrow();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name));
    }

    @Override
    public List<String> queries(String name) {
        return query(name).stream().toList();
    }

    @Override
    public Optional<String> cookie(String name) {
        return header("cookie " + name);
    }

    @Override
    public Optional<Principal> signedIn() {
        return proof.map(SignIn.Proved::principal);
    }

    @Override
    public Origin origin() {
        return new Origin(address, new UUID(0, 1));
    }

    @Override
    public Optional<Object> credential() {
        return proof.map(SignIn.Proved::credential);
    }

    @Override
    public <T> T json(Class<T> type) {
        return type.cast(content.orElseThrow());
    }

    @Override
    public Optional<String> form(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    @Override
    public SecretBytes secret() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream body() {
        return InputStream.nullInputStream();
    }
}
