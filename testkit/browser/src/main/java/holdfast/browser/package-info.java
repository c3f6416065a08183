/// A real browser for tests: Chromium of the distribution, driven by Playwright.
///
/// [Chromium] starts it without Playwright's own browsers and driver bundle; a [Visit] is one person at one window and
/// remembers everything the page's policy refused and every script that failed.
@NullMarked
package holdfast.browser;

import org.jspecify.annotations.NullMarked;
