/** What class-transformer keeps of `@Type`; it ships no types for this file. */
declare module 'class-transformer/cjs/storage.js' {
  export const defaultMetadataStorage: {
    findTypeMetadata(target: Function, property: string): { typeFunction(): Function } | undefined;
  };
}
