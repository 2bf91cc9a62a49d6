#include <sys/timex.h>

/* Whether something keeps the kernel's clock right: 1 yes, 0 no, -1 where the kernel does not say. Nothing is changed. */
static inline int stet_clock_is_synchronised(void) {
    struct timex state = {.modes = 0};
    int answer = adjtimex(&state);
    if (answer < 0) return -1;
    return answer != TIME_ERROR && !(state.status & STA_UNSYNC);
}
