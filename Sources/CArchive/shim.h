#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

/* libarchive 3.6 dereferences null on non-ASCII paths in the C locale, so every use of it is wrapped in a UTF-8
   thread locale. C.UTF-8 is part of glibc itself since 2.35. */
static inline locale_t stet_enter_utf8_locale(void) {
    static locale_t utf8 = (locale_t)0;
    locale_t wanted = __atomic_load_n(&utf8, __ATOMIC_ACQUIRE);
    if (wanted == (locale_t)0) {
        wanted = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
        if (wanted == (locale_t)0) return (locale_t)0;
        __atomic_store_n(&utf8, wanted, __ATOMIC_RELEASE);
    }
    return uselocale(wanted);
}
static inline void stet_leave_utf8_locale(locale_t previous) {
    if (previous != (locale_t)0) uselocale(previous);
}
/* AE_IFREG is a cast macro, which is not imported. */
static const unsigned int stet_regular_file = 0100000;
