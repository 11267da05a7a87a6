/*
 * scratch.h - large working arrays that are written before they are read.
 *
 * The build clears every local variable (-ftrivial-auto-var-init=zero). That is right everywhere
 * but in a small function that is called thousands of times with kilobytes of room to work in; such
 * a variable is marked with this.
 */
#ifndef LAC_SCRATCH_H
#define LAC_SCRATCH_H

#if defined(__has_attribute)
#if __has_attribute(uninitialized)
#define LAC_SCRATCH __attribute__((uninitialized))
#endif
#endif

#ifndef LAC_SCRATCH
#define LAC_SCRATCH
#endif

#endif
