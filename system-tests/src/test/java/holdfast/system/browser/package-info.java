/// Every screen in a real Chromium, against the built server and a simulated estate.
///
/// Pages are found by role and label, so each test is also a test of what assistive technology meets. A [BrowserTest] gets a
/// [Stage] that the whole run shares and a [holdfast.browser.Visit] of its own; whatever the page's policy refuses fails the test.
@NullMarked
package holdfast.system.browser;

import org.jspecify.annotations.NullMarked;
