package holdfast.vcf;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the pages of `GET /v1/credentials` row by row. Liberal with what is missing or unknown, strict with what is cut off.
final class CredentialPages {
    private final JsonMapper json;
    private final Map<String, Found> rows = new LinkedHashMap<>();
    private boolean everyRowReadable = true;
    private OptionalInt announced = OptionalInt.empty();
    private boolean steady = true;

    CredentialPages(JsonMapper json) {
        this.json = json;
    }

    /// What a page says about the whole list; absent when it says nothing.
    record Page(int rows, OptionalInt totalPages) {}

    /// @throws SourceFailed UNREADABLE when it is not JSON, is cut off, or is no list
    Page add(InputStream body) {
        int count = 0;
        var total = OptionalInt.empty();
        boolean isList = false;
        try (var parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unreadable("the list of credentials is no JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var member = parser.currentName();
                var value = parser.nextToken();
                if (member.equals("elements") && value == JsonToken.START_ARRAY) {
                    isList = true;
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        take(json.readTree(parser));
                        count++;
                    }
                } else if (member.equals("pageMetadata") && value == JsonToken.START_OBJECT) {
                    JsonNode about = json.readTree(parser);
                    total = number(about, "totalPages");
                    announce(number(about, "totalElements"));
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw unreadable("the list of credentials ends in the middle");
            }
        } catch (JacksonException e) {
            throw unreadable("the list of credentials is not JSON or ends in the middle");
        }
        if (!isList) {
            throw unreadable("the answer holds no list of credentials");
        }
        return new Page(count, total);
    }

    int count() {
        return rows.size();
    }

    List<Found> rows() {
        return new ArrayList<>(rows.values());
    }

    /// A total that moves between pages tells that rows moved too, so one may have been on no page that was read.
    private void announce(OptionalInt total) {
        steady = steady && (announced.isEmpty() || announced.equals(total));
        announced = total;
    }

    /// {@return whether nothing is known to be missing: every row was readable, and as many came as every page announced}
    boolean isComplete() {
        return everyRowReadable
                && steady
                && (announced.isEmpty() || announced.getAsInt() <= rows.size());
    }

    void close() {
        rows.values().forEach(Found::close);
    }

    private void take(JsonNode row) {
        var resource = row.path("resource");
        var account =
                new Found.Account(
                        Tolerant.optionalText(resource, "resourceType").orElse("UNKNOWN"),
                        Tolerant.optionalText(resource, "resourceName")
                                .orElse(Tolerant.text(resource, "resourceIp")),
                        Tolerant.optionalText(row, "credentialType").orElse("UNKNOWN"),
                        Tolerant.text(row, "username"));
        boolean isNobody = account.resourceName().isEmpty() && account.username().isEmpty();
        if (!row.isObject() || isNobody) {
            everyRowReadable = false;
            return;
        }
        var id = Tolerant.optionalText(row, "id").orElse("natural:" + account.folded());
        if (rows.containsKey(id)) { // the order of pages is not promised: a row may come twice
            return;
        }
        rows.put(
                id,
                new Found(
                        id,
                        account,
                        Tolerant.text(resource, "resourceIp"),
                        Tolerant.optionalText(row, "accountType").orElse("UNKNOWN"),
                        domains(resource),
                        Tolerant.secret(row, "password"),
                        validity(row),
                        Tolerant.instant(row, "modificationTimestamp")));
    }

    private static List<String> domains(JsonNode resource) {
        var several = Tolerant.texts(resource, "domainNames");
        return several.isEmpty()
                ? Tolerant.optionalText(resource, "domainName").map(List::of).orElse(List.of())
                : several.stream().distinct().sorted().toList();
    }

    private static Found.Validity validity(JsonNode row) {
        var rotate = row.path("autoRotatePolicy");
        return expiry(
                row.path("expiry"),
                Tolerant.number(rotate, "frequencyInDays"),
                Tolerant.instant(rotate, "nextSchedule"));
    }

    static Found.Validity expiry(
            JsonNode expiry, Optional<Integer> days, Optional<java.time.Instant> next) {
        return new Found.Validity(
                Tolerant.expiry(expiry, "expiryDate"),
                Tolerant.instant(expiry, "lastCheckedDate"),
                Tolerant.text(expiry, "connectivityStatus").toUpperCase(java.util.Locale.ROOT),
                days,
                next);
    }

    private static OptionalInt number(JsonNode node, String member) {
        return Tolerant.number(node, member).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static SourceFailed unreadable(String sentence) {
        return new SourceFailed(
                Failure.of(
                        Status.UNREADABLE,
                        "The answer could not be understood: "
                                + sentence
                                + "; check that the address is the appliance itself, then sync"
                                + " again."));
    }
}
