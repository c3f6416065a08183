package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import holdfast.ledger.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The event types of `openapi.yaml` are those that the code can write.
class EventTypesTest {
    @Test
    void every_type_of_event_is_in_the_contract_and_none_else() throws IOException {
        var described =
                ApiDocument.map(ApiDocument.read().schema("EventType").get("x-event-types"))
                        .keySet();
        var written = new TreeSet<String>();
        new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("/benchmarks/"))
                        .importPackages("holdfast")
                        .stream()
                        .filter(one -> one.isAssignableTo(Event.class))
                        .flatMap(EventTypesTest::actions)
                        .forEach(written::add);

        assertThat(written).hasSizeGreaterThan(20).containsExactlyInAnyOrderElementsOf(described);
    }

    /// {@return every text that `action()` of this class can answer}
    private static Stream<String> actions(JavaClass event) {
        try (var in = event.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(in.readAllBytes()).methods().stream()
                    .filter(method -> method.methodName().equalsString("action"))
                    .flatMap(EventTypesTest::texts)
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<String> texts(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .filter(ConstantInstruction.class::isInstance)
                .map(element -> ((ConstantInstruction) element).constantValue())
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }
}
