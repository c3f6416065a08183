package holdfast.system.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who visits, and with which window. Without it: the administrator, in English, at 1280 × 800.
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface Visitor {
    /// Role in lower case, which is also the user's name; empty for somebody who has not signed in.
    String value() default "admin";

    String language() default "en-GB";

    int width() default 1280;

    boolean dark() default false;

    /// Whether the page's clock can be turned.
    boolean clock() default false;
}
