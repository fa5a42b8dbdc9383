/** What the inference thread says once: that the model runs, or why it cannot. */
export type Opening = { readonly input: string } | { readonly unfit: string };

/** What it answers to a batch: the probability of each row, or what broke. */
export type BatchResult = Float32Array | { readonly broken: string };
