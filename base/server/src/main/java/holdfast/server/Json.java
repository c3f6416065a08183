package holdfast.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import holdfast.kernel.FieldError;
import holdfast.kernel.Problem;
import holdfast.kernel.Refusal;
import holdfast.kernel.SecretBytes;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// JSON in and out. Strict in: unknown, missing and mistyped members are field errors by pointer, values never echoed.
///
/// A component of a record is required unless it is an [Optional] or marked `@Nullable`. A [SecretBytes] component is
/// read without a string in between; written, it is wiped.
final class Json {
    private static final String UNKNOWN = "unknown";

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .changeDefaultPropertyInclusion(_ ->
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
                    .addHandler(new CollectUnknown())
                    .addModule(
                            new SimpleModule("holdfast")
                                    .addSerializer(new SecretWriter())
                                    .addDeserializer(SecretBytes.class, new SecretReader()))
                    .build();

    private Json() {}

    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// @throws Refusal MALFORMED, INVALID
    static <T> T read(InputStream body, Class<T> type) {
        var unknown = new ArrayList<FieldError>();
        try {
            T value = MAPPER.readerFor(type).withAttribute(UNKNOWN, unknown).readValue(body);
            if (value == null) {
                throw Problem.MALFORMED.because("the body must be a JSON object");
            }
            missing("", value, unknown);
            if (!unknown.isEmpty()) {
                throw Refusal.of(unknown);
            }
            return value;
        } catch (StreamReadException failure) {
            throw Problem.MALFORMED.because(
                    "the body is not JSON at line %d, column %d"
                            .formatted(
                                    failure.getLocation() == null
                                            ? 0
                                            : failure.getLocation().getLineNr(),
                                    failure.getLocation() == null
                                            ? 0
                                            : failure.getLocation().getColumnNr()));
        } catch (DatabindException failure) {
            throw refusal(failure, unknown);
        } catch (JacksonException failure) {
            if (failure.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw Problem.MALFORMED.because("the body could not be read to its end");
        }
    }

    private static Refusal refusal(DatabindException failure, List<FieldError> unknown) {
        if (failure.getCause() instanceof Refusal refusal) {
            return refusal.fields().isEmpty()
                    ? Refusal.of(
                            List.of(FieldError.of(pointer(failure), "malformed", refusal.detail())))
                    : refusal;
        }
        var errors = new ArrayList<>(unknown);
        errors.add(FieldError.of(pointer(failure), "malformed", expected(failure)));
        return Refusal.of(errors);
    }

    private static String expected(DatabindException failure) {
        if (failure instanceof InvalidFormatException format) {
            var target = format.getTargetType();
            if (target != null && target.isEnum()) {
                return "must be one of "
                        + Arrays.stream(target.getEnumConstants())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "));
            }
            return "must be a valid " + (target == null ? "value" : word(target));
        }
        return "has another type than expected";
    }

    private static String word(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "whole number";
            case "boolean", "Boolean" -> "true or false";
            case "Instant" -> "time such as 2026-01-31T12:00:00Z";
            case "UUID" -> "id (UUID)";
            default -> "value";
        };
    }

    private static String pointer(DatabindException failure) {
        return failure.getPath().stream()
                .map(at ->
                        "/"
                                + (at.getPropertyName() == null
                                        ? String.valueOf(at.getIndex())
                                        : escaped(at.getPropertyName())))
                .collect(Collectors.joining());
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1"); // RFC 6901 §3
    }

    private static void missing(String at, @Nullable Object value, List<FieldError> errors) {
        switch (value) {
            case Record record -> {
                for (var member : Members.of(record)) {
                    var pointer = at + "/" + member.name();
                    var held = member.of(record);
                    if (held == null && !member.optional()) {
                        errors.add(FieldError.of(pointer, "required", "is missing"));
                    } else {
                        missing(pointer, held, errors);
                    }
                }
            }
            case Optional<?> optional -> missing(at, optional.orElse(null), errors);
            case Collection<?> items -> {
                int i = 0;
                for (var item : items) {
                    missing(at + "/" + i++, item, errors);
                }
            }
            case null, default -> {
                // a leaf
            }
        }
    }

    /// A member of a record: reflection is asked once for each type, not for each of a thousand items.
    ///
    /// @param optional whether it may be missing
    private record Member(String name, boolean optional, Method accessor) {
        @Nullable Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static final class Members extends ClassValue<List<Member>> {
        private static final Members KNOWN = new Members();

        static List<Member> of(Record record) {
            return KNOWN.get(record.getClass());
        }

        @Override
        protected List<Member> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Members::member).toList();
        }

        private static Member member(RecordComponent component) {
            var accessor = component.getAccessor();
            accessor.setAccessible(true); // the records of a room are package-private
            return new Member(
                    component.getName(),
                    component.getType() == Optional.class
                            || component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    accessor);
        }
    }

    /// Gathers members nobody asked for, so that all are told at once.
    private static final class CollectUnknown extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                tools.jackson.databind.@Nullable ValueDeserializer<?> deserializer,
                Object beanOrClass,
                String name) {
            if (!(context.getAttribute(UNKNOWN) instanceof List<?> list)) {
                return false;
            }
            @SuppressWarnings("unchecked")
            var errors = (List<FieldError>) list;
            var parent = parser.streamReadContext().getParent();
            var pointer =
                    (parent == null ? "" : parent.pathAsPointer().toString()) + "/" + escaped(name);
            errors.add(new FieldError(pointer, "unknown", "is not known here", Map.of()));
            parser.skipChildren();
            return true;
        }
    }

    private static final class SecretReader extends StdDeserializer<SecretBytes> {
        SecretReader() {
            super(SecretBytes.class);
        }

        @Override
        public SecretBytes deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(tools.jackson.core.JsonToken.VALUE_STRING)) {
                return (SecretBytes) context.handleUnexpectedToken(SecretBytes.class, parser);
            }
            var text =
                    CharBuffer.wrap(
                            parser.getStringCharacters(),
                            parser.getStringOffset(),
                            parser.getStringLength());
            if (isTorn(text)) {
                throw Problem.MALFORMED.because(
                        "has half a character (an unpaired UTF-16 surrogate), which UTF-8 cannot hold");
            }
            return SecretBytes.ofUtf8(text);
        }

        private static boolean isTorn(CharSequence text) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isHighSurrogate(text.charAt(i))
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(text.charAt(i))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final class SecretWriter extends StdSerializer<SecretBytes> {
        SecretWriter() {
            super(SecretBytes.class);
        }

        @Override
        public void serialize(SecretBytes value, JsonGenerator out, SerializationContext context) {
            value.use(bytes -> {
                out.writeUTF8String(bytes, 0, bytes.length);
                return bytes.length;
            });
            value.close();
        }
    }
}
