import * as fc from 'fast-check';

// What decides over a change must not be a matter of luck. FAST_CHECK_SEED=$RANDOM goes and looks for what nobody has seen yet.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });

export { fc };
