import type { Plugin } from 'rolldown';
import { minifySync } from 'rolldown/utils';

/**
 * Shortens the names within functions, those of inner functions too. What remains, the names of a file's own functions
 * and of classes, is what stack traces are read by. In a chunk of libraries alone no function keeps its name.
 *
 * @param isOwn which modules are ours, by their path
 */
export function shortenInnerNames(isOwn: (module: string) => boolean): Plugin {
  return {
    name: 'shorten-inner-names',
    renderChunk(code, { fileName, moduleIds }) {
      const { code: shortened, errors } = minifySync(fileName, code, {
        module: true,
        compress: false,
        mangle: {
          toplevel: !moduleIds.some(isOwn),
          keepNames: { function: false, class: true },
        },
        codegen: { removeWhitespace: false },
      });
      if (errors.length > 0) throw new Error(`${fileName}: ${errors[0]!.message}`);
      return { code: shortened };
    },
  };
}
