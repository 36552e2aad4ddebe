/** Version of Trailsift, as package.json has it: put in by vite.config.ts. */
declare const TRAILSIFT_VERSION: string;
