package holdfast.vault;

import holdfast.http.Queries;
import holdfast.http.Request;
import holdfast.kernel.Cursor;
import holdfast.secret.Secret;
import holdfast.secret.SecretQuery;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads what requests say of secrets beside their bodies.
final class Asked {
    private Asked() {}

    static SecretQuery list(Request request) {
        var sort =
                Queries.oneOf(
                        request,
                        "sort",
                        Arrays.stream(SecretQuery.Sort.values())
                                .map(SecretQuery.Sort::member)
                                .flatMap(name -> java.util.stream.Stream.of(name, "-" + name))
                                .collect(Collectors.toSet()),
                        SecretQuery.Sort.NAME.member());
        boolean descending = sort.startsWith("-");
        var order =
                Arrays.stream(SecretQuery.Sort.values())
                        .filter(one -> sort.endsWith(one.member()))
                        .findFirst()
                        .orElseThrow();
        return new SecretQuery(
                Queries.text(request),
                request.query("service").filter(one -> !one.isEmpty()),
                Queries.texts(request, "tag"),
                Queries.choice(request, "state", Secret.State.class).orElse(Secret.State.ACTIVE),
                order,
                descending,
                request.query("cursor").map(Cursor::read),
                Queries.limit(request),
                Queries.flag(request, "total"));
    }

    /// {@return a version; empty when none is named}
    static Optional<Integer> version(Request request, String name) {
        return request.query(name).map(_ -> Queries.number(request, name, 1, Integer.MAX_VALUE, 1));
    }

    static String required(Request request, String name) {
        return request.query(name)
                .orElseThrow(() -> Queries.invalid(name, "required", "is missing"));
    }

    /// {@return the versions that a caller has, from `If-None-Match`}
    static Set<Long> known(Request request) {
        return request.header("If-None-Match").stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(tag -> tag.matches("(W/)?\"[0-9]{1,9}\""))
                .map(tag -> Long.parseLong(tag.replaceAll("[^0-9]", "")))
                .collect(Collectors.toSet());
    }
}
