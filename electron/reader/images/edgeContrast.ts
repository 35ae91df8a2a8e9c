/** Difference of the neighbours on both sides, in brightness of 255, from which a sample is an edge. Over the noise of photos, under grey print on white. */
export const edgeContrast = 40;
