/**
 * Arguments with which npm installs an optional peer of the project, leaving package.json and the lock file alone.
 * Without `--save-prod` npm takes it for a peer that nobody needs: it installs nothing and says nothing.
 */
export const installOptional = ['install', '--no-save', '--save-prod'] as const;
