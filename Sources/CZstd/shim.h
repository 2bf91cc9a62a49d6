/* ZSTD_CCtx_refPrefix and ZSTD_DCtx_refPrefix are stable API since 1.4.0. */
#include <zstd.h>
#include <zstd_errors.h>
