// Stands for the package debug in the bundled command line, whose own --debug shows what is wrong.
const silent = Object.assign(() => undefined, { enabled: false });

export default () => silent;
