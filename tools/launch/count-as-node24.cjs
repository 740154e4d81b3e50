// Loaded into npm: on an older Node it leaves out optional packages that do not support the Node it runs on itself,
// but ours run on the Node 24 that is installed with them.
if (Number(process.versions.node.split('.')[0]) < 24)
  Object.defineProperty(process, 'version', { value: process.env.CHIRON_INSTALL_FOR })
