package holdfast.administration;

import holdfast.http.Request;
import holdfast.http.Route;
import holdfast.kernel.Origin;
import holdfast.kernel.Principal;
import holdfast.kernel.SecretBytes;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request made by hand, by somebody who is signed in.
record Asked(
        String method,
        String target,
        Map<String, String> parameters,
        Map<String, String> headers,
        Optional<Object> content,
        Principal by)
        implements Request {
    static Asked of(Principal by, String method, String target) {
        return new Asked(method, target, Map.of(), Map.of(), Optional.empty(), by);
    }

    Asked header(String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return new Asked(method, target, parameters, more, content, by);
    }

    Asked body(Object body) {
        return new Asked(method, target, parameters, headers, Optional.of(body), by);
    }

    /// {@return the request with the route's parameters when the route is asked for}
    Optional<Asked> at(Route route) {
        var wanted = route.path().split("/", -1);
        var given = path().split("/", -1);
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
        return Optional.of(new Asked(method, target, values, headers, content, by));
    }

    @Override
    public String path() {
        return URI.create(target).getPath();
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
        return queries(name).stream().findFirst();
    }

    @Override
    public List<String> queries(String name) {
        var query = Optional.ofNullable(URI.create(target).getRawQuery()).orElse("");
        return query.lines()
                .flatMap(line -> List.of(line.split("&", -1)).stream())
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair ->
                        URLDecoder.decode(
                                pair.substring(name.length() + 1), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public Optional<String> cookie(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Principal> signedIn() {
        return Optional.of(by);
    }

    @Override
    public Origin origin() {
        return by.origin();
    }

    @Override
    public Optional<Object> credential() {
        return Optional.empty();
    }

    @Override
    public <T> T json(Class<T> type) {
        return type.cast(content.orElseThrow());
    }

    @Override
    public Optional<String> form(String name) {
        return Optional.empty();
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
